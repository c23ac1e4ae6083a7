// Every program that an image can hold, by name.

import type { Program } from '../program.ts'
import { cat } from './cat.ts'
import { echo } from './echo.ts'
import { kill } from './kill.ts'
import { nginx } from './nginx.ts'
import { nslookup } from './nslookup.ts'
import { nslookupBig } from './nslookup-big.ts'
import { printf } from './printf.ts'
import { bash, sh } from './sh.ts'
import { sleep } from './sleep.ts'
import { test } from './test.ts'

/** Sorted by name. Where two variants share a name on disk, they differ here. */
export const programs = {
  bash,
  cat,
  echo,
  kill,
  nginx,
  nslookup,
  nslookupBig,
  printf,
  sh,
  sleep,
  test,
} as const satisfies Record<string, Program>
