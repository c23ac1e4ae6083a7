// ps: the processes of the namespace.

import type { Bytes } from '../bytes.ts'
import { write } from '../io.ts'
import { commandName } from '../proc.ts'
import type { Program } from '../program.ts'
import type { Task } from '../task.ts'
import { nameOfId } from './accounts.ts'
import { commandLine } from './options.ts'

/** How a column is printed: its heading, its width (the last has none), and its value. */
interface Column {
  readonly heading: string
  readonly width: number
  readonly isRight?: boolean
  readonly value: (task: Task, viewer: Task) => Bytes
}

const columnsByName: Readonly<Record<string, Column>> = {
  args: { heading: 'COMMAND', width: 27, value: commandOf },
  comm: { heading: 'COMMAND', width: 16, value: (task) => commandName(task) },
  pid: { heading: 'PID', width: 5, isRight: true, value: (task) => String(task.pid) },
  ppid: { heading: 'PPID', width: 5, isRight: true, value: (task) => String(task.parent?.pid ?? 0) },
  stat: { heading: 'STAT', width: 4, value: (task) => task.state },
  time: { heading: 'TIME', width: 5, isRight: true, value: timeOf },
  user: {
    heading: 'USER',
    width: 8,
    value: (task, viewer) => nameOfId(viewer, '/etc/passwd', task.user.uid) ?? String(task.user.uid),
  },
}

const standard = ['pid', 'user', 'time', 'args']

export const ps: Program = {
  name: 'ps',
  *run(task) {
    const { values } = commandLine(task, 'o:TeAfwaux')
    const asked = values('o').flatMap((list) => list.split(','))
    const columns = (asked.length > 0 ? asked : standard).flatMap((name) => columnsByName[name] ?? [])
    yield* write(task, 1, heading(columns))
    for (const other of task.table.tasks) {
      yield* write(
        task,
        1,
        row(
          columns,
          columns.map((column) => column.value(other, task)),
        ),
      )
    }
    return 0
  },
}

function heading(columns: readonly Column[]): Bytes {
  return `${columns.map(({ heading: text, width }, index) => (index < columns.length - 1 ? text.padEnd(width) : text)).join(' ')}\n`
}

function row(columns: readonly Column[], values: readonly Bytes[]): Bytes {
  const cells = columns.map(({ width, isRight }, index) => {
    const value = values[index] ?? ''
    if (isRight) return value.padStart(width)
    return index < columns.length - 1 ? value.padEnd(width) : value
  })
  return `${cells.join(' ')}\n`
}

/** A zombie has no command line any more: its name stands in brackets. */
function commandOf(task: Task): Bytes {
  return task.exit ? `[${commandName(task)}]` : task.argv.join(' ')
}

function timeOf(task: Task): Bytes {
  const seconds = Math.floor(task.execution.computedMs / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
