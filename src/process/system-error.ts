// What the kernel answers to a call that cannot be done: an error code with the text that programs print.

const texts = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Resource busy',
  ECHILD: 'No child process',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EHOSTUNREACH: 'Host is unreachable',
  EINVAL: 'Invalid argument',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Symbolic link loop',
  ENETUNREACH: 'Network unreachable',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESRCH: 'No such process',
  ETIMEDOUT: 'Operation timed out',
  EXDEV: 'Cross-device link',
} as const

/** The codes of errno(3) that occur here. */
export type ErrorCode = keyof typeof texts

/** A call of a program (or of the owner of a file system) that was refused. `text` is what strerror(3) says. */
export class SystemError extends Error {
  readonly code: ErrorCode
  readonly text: string

  constructor(code: ErrorCode, subject?: string) {
    super(subject === undefined ? texts[code] : `${subject}: ${texts[code]}`)
    this.name = 'SystemError'
    this.code = code
    this.text = texts[code]
  }
}
