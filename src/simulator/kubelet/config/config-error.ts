// A container cannot be made as its spec says.

/** Shown as CreateContainerConfigError, with this message. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ConfigError'
  }
}
