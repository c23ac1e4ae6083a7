// Every program that an image can hold, by name.

import type { Program } from '../program.ts'
import { agnhost } from './agnhost/agnhost.ts'
import { awk } from './awk.ts'
import { basename, dirname } from './basename.ts'
import { cat } from './cat.ts'
import { chmod, chown } from './chmod.ts'
import { cp } from './cp.ts'
import { curl } from './curl.ts'
import { cut } from './cut.ts'
import { date } from './date.ts'
import { dd } from './dd.ts'
import { echo } from './echo.ts'
import { env, printenv } from './env.ts'
import { expr } from './expr.ts'
import { falseProgram, trueProgram } from './false.ts'
import { find } from './find.ts'
import { goStress } from './go-stress.ts'
import { grep } from './grep.ts'
import { head } from './head.ts'
import { hexdump } from './hexdump.ts'
import { hostname } from './hostname.ts'
import { id, whoami } from './id.ts'
import { kill } from './kill.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { mkdir, rmdir } from './mkdir.ts'
import { mktemp } from './mktemp.ts'
import { mv } from './mv.ts'
import { nc } from './nc.ts'
import { nginx } from './nginx.ts'
import { nmeter } from './nmeter.ts'
import { nslookupBig } from './nslookup-big.ts'
import { nslookup } from './nslookup.ts'
import { pause } from './pause.ts'
import { printf } from './printf.ts'
import { ps } from './ps.ts'
import { pwd } from './pwd.ts'
import { readlink, realpath } from './readlink.ts'
import { rm } from './rm.ts'
import { sed } from './sed.ts'
import { seq } from './seq.ts'
import { bash, sh } from './sh.ts'
import { sleep } from './sleep.ts'
import { sort } from './sort.ts'
import { stat } from './stat.ts'
import { stress } from './stress.ts'
import { tac } from './tac.ts'
import { tail } from './tail.ts'
import { tee } from './tee.ts'
import { test } from './test.ts'
import { timeout } from './timeout.ts'
import { touch } from './touch.ts'
import { tr } from './tr.ts'
import { uname } from './uname.ts'
import { uniq } from './uniq.ts'
import { wc } from './wc.ts'
import { wget } from './wget.ts'
import { which } from './which.ts'
import { xargs } from './xargs.ts'
import { yes } from './yes.ts'

/** Sorted by name. Where two variants share a name on disk, they differ here. */
export const programs = {
  agnhost,
  awk,
  basename,
  bash,
  cat,
  chmod,
  chown,
  cp,
  curl,
  cut,
  date,
  dd,
  dirname,
  echo,
  env,
  expr,
  false: falseProgram,
  find,
  goStress,
  grep,
  head,
  hexdump,
  hostname,
  id,
  kill,
  ln,
  ls,
  mkdir,
  mktemp,
  mv,
  nc,
  nginx,
  nmeter,
  nslookup,
  nslookupBig,
  pause,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rm,
  rmdir,
  sed,
  seq,
  sh,
  sleep,
  sort,
  stat,
  stress,
  tac,
  tail,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: trueProgram,
  uname,
  uniq,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
} as const satisfies Record<string, Program>
