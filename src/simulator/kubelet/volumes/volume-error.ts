// A volume cannot be set up.

/** Shown in a FailedMount event: `MountVolume.SetUp failed for volume "v" : <message>`. */
export class VolumeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'VolumeError'
  }
}
