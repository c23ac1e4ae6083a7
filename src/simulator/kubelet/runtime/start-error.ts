// What the runtime says when a process cannot be started, in the words of containerd and runc.

import type { ExecError } from '../../../process/exec-error.ts'

/** A container could not be started; the message is the runtime's. */
export class RuntimeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RuntimeError'
  }
}

/** Source: recordings bad-command (file that does not exist) and prestop-badcmd; runc libcontainer/standard_init_linux.go. */
export function containerStartError(error: ExecError): RuntimeError {
  const chain =
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process'
  if (error.kind === 'no such cwd')
    return new RuntimeError(`${chain}: error during container init: mkdir ${error.path}: not a directory`)
  return new RuntimeError(`${chain}: error during container init: ${execProblem(error)}`)
}

/** The same for a process beside the container's (runc exec). */
export function execStartError(containerId: string, error: ExecError): RuntimeError {
  const chain = `failed to exec in container: failed to start exec "${containerId}": OCI runtime exec failed: exec failed: unable to start container process`
  return new RuntimeError(`${chain}: ${execProblem(error)}`)
}

function execProblem({ kind, path }: ExecError): string {
  const exec = `exec: ${JSON.stringify(path)}`
  switch (kind) {
    case 'not found in $PATH':
      return `${exec}: executable file not found in $PATH`
    case 'no such file':
      return `${exec}: stat ${path}: no such file or directory`
    case 'not a directory':
      return `${exec}: stat ${path}: not a directory`
    case 'no such cwd':
      return `chdir to cwd (${JSON.stringify(path)}) set in config.json failed: no such file or directory`
    case 'is a directory':
      return `${exec}: is a directory`
    case 'permission denied':
      return `${exec}: permission denied`
    case 'exec format error':
      return `exec ${path}: exec format error`
  }
}
