// A mistake in a configuration: which file, which field, what is wrong and what was probably meant.

export class ConfigError extends Error {
  readonly file: string
  /** The path of the field: `reports.formats[1]`; empty for the file as a whole. */
  readonly field: string

  constructor(file: string, field: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${field === '' ? '' : `${field}: `}${problem}`, options)
    this.name = 'ConfigError'
    this.file = file
    this.field = field
  }
}
