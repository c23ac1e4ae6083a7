// The terminals of a page, opened when something is typed into them for the first time; all have the page's files.

import type { ShellSession } from '../../terminal/shell-session.ts'
import { Terminal, type TerminalOptions } from '../../terminal/terminal.ts'

/** One terminal of the page. */
interface PageTerminal {
  readonly terminal: Terminal
  readonly session: ShellSession
}

export class PageTerminals {
  #options: Omit<TerminalOptions, 'hostname'>
  #open = new Map<string, PageTerminal>()
  #files = new Map<string, string>()

  constructor(options: Omit<TerminalOptions, 'hostname'>) {
    this.#options = options
  }

  /** The terminal of that name, with a shell that is ready. */
  async named(name: string): Promise<ShellSession> {
    const known = this.#open.get(name)
    if (known && !known.session.hasEnded) return known.session
    const terminal = known?.terminal ?? new Terminal({ ...this.#options, hostname: name })
    if (!known) for (const [path, text] of this.#files) terminal.writeFile(path, text)
    const opened = { terminal, session: terminal.openShell() }
    this.#open.set(name, opened)
    const { clock } = this.#options
    await clock.pass(opened.session.ready, clock.now() + SHELL_START_MS)
    return opened.session
  }

  /** Puts a file of the page into every terminal, those that are opened later included. */
  writeFile(path: string, text: string): void {
    this.#files.set(path, text)
    for (const { terminal } of this.#open.values()) terminal.writeFile(path, text)
  }

  close(): void {
    for (const { terminal } of this.#open.values()) terminal.close()
  }
}

/** A shell of ours needs no time to start; the bound only keeps a broken one from stopping everything. */
const SHELL_START_MS = 1_000
