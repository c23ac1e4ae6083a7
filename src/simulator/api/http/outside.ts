// The door of a simulator to the outside: opened when the first client asks for it, on a clock that leaps.

import { LeapClock } from '../../../time/leap.ts'
import type { Owner } from '../../../time/ownership.ts'
import type { VirtualClock } from '../../../time/virtual.ts'
import type { ApiServer, ServeOptions } from './server.ts'

/** What stands behind the door. */
export interface OutsideOptions extends Pick<ServeOptions, 'api' | 'onFailure' | 'port' | 'tls'> {
  readonly clock: VirtualClock
}

/** A simulator seen from outside of its process; a closed door costs nothing. */
export class Outside {
  #options: OutsideOptions
  #clock: LeapClock | undefined
  #server: Promise<ApiServer> | undefined

  constructor(options: OutsideOptions) {
    this.#options = options
  }

  /** The text of a kubeconfig; opens the port if it is closed. */
  async kubeConfig(): Promise<string> {
    return (await this.#open()).kubeConfig()
  }

  /** Takes over the time of the simulator: outside clients move it no more. */
  own(): Owner {
    return this.#leapClock({ isOwned: true }).own()
  }

  async close(): Promise<void> {
    await (await this.#server)?.close()
    this.#clock?.close()
  }

  #open(): Promise<ApiServer> {
    this.#server ??= this.#serve()
    return this.#server
  }

  async #serve(): Promise<ApiServer> {
    const { serveApi } = await import('./server.ts')
    return serveApi({ ...this.#options, clock: this.#leapClock() })
  }

  #leapClock({ isOwned = false } = {}): LeapClock {
    this.#clock ??= new LeapClock({ virtual: this.#options.clock, isOwned })
    return this.#clock
  }
}
