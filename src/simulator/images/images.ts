// Every image that the simulator has. Adding one is one file and one line here.

import { agnhost } from './agnhost.ts'
import { alpine } from './alpine.ts'
import { busybox } from './busybox.ts'
import { debian } from './debian.ts'
import { helloApp } from './hello-app.ts'
import type { Image } from './image.ts'
import { nginx } from './nginx.ts'
import { pause } from './pause.ts'
import { stress } from './stress.ts'

/** In the order of their files' names. */
export const images: readonly Image[] = [
  ...agnhost,
  ...alpine,
  ...busybox,
  ...debian,
  ...helloApp,
  ...nginx,
  ...pause,
  ...stress,
]
