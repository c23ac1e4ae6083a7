// The builtins of the shell, by name.

import type { Builtin } from './builtin.ts'
import { changeDirectory } from './builtins/cd.ts'
import { command } from './builtins/command.ts'
import { declare } from './builtins/declare.ts'
import { dot } from './builtins/dot.ts'
import { echo } from './builtins/echo.ts'
import { evaluate } from './builtins/eval.ts'
import { exec } from './builtins/exec.ts'
import { getopts } from './builtins/getopts.ts'
import { jobs } from './builtins/jobs.ts'
import { jumps } from './builtins/jumps.ts'
import { kill } from './builtins/kill.ts'
import { letBuiltin } from './builtins/let.ts'
import { limits } from './builtins/limits.ts'
import { marks } from './builtins/marks.ts'
import { nothing } from './builtins/nothing.ts'
import { print } from './builtins/printf.ts'
import { read } from './builtins/read.ts'
import { set } from './builtins/set.ts'
import { shift } from './builtins/shift.ts'
import { tests } from './builtins/test.ts'
import { times } from './builtins/times.ts'
import { trap } from './builtins/trap.ts'
import { type } from './builtins/type.ts'
import { unset } from './builtins/unset.ts'
import { wait } from './builtins/wait.ts'

const all: readonly Builtin[] = [
  ...changeDirectory,
  command,
  ...declare,
  ...dot,
  echo,
  evaluate,
  exec,
  getopts,
  jobs,
  ...jumps,
  kill,
  letBuiltin,
  ...limits,
  ...marks,
  ...nothing,
  print,
  read,
  ...set,
  shift,
  ...tests,
  times,
  trap,
  type,
  unset,
  wait,
]

/** Every builtin by its name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(all.map((builtin) => [builtin.name, builtin]))
