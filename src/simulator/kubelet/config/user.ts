// As whom a container runs.

import type { Container, Pod } from '../../../pod/json.ts'
import type { FileSystem } from '../../../process/files.ts'
import type { User } from '../../../process/user.ts'
import type { Image } from '../../images/image.ts'
import { ConfigError } from './config-error.ts'

interface Identity {
  readonly uid: number
  readonly gid: number
}

/** The user of a container: its own security context, else the pod's, else the image's. @throws ConfigError */
export function containerUser(pod: Pod, container: Container, image: Image, files: FileSystem): User {
  const ofPod = pod.spec?.securityContext
  const own = container.securityContext
  const ofImage = imageUser(image.user ?? '', files)
  const uid = own?.runAsUser ?? ofPod?.runAsUser ?? ofImage.uid
  // A user chosen by number keeps the group that the image's passwd gives it, else 0.
  const groupOfUser = uid === ofImage.uid ? ofImage.gid : (passwdEntry(files, String(uid))?.gid ?? 0)
  const gid = own?.runAsGroup ?? ofPod?.runAsGroup ?? groupOfUser
  const { fsGroup, supplementalGroups = [] } = ofPod ?? {}
  const groups = [...new Set([gid, ...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])])]
  return { uid, gid, groups }
}

/**
 * What a pod that forbids root says about a container.
 * Source: pkg/kubelet/kuberuntime/security_context.go:verifyRunAsNonRoot; recording runasnonroot.
 */
export function verifyRunAsNonRoot(pod: Pod, container: Container, image: Image, podText: string): void {
  const ofPod = pod.spec?.securityContext
  const own = container.securityContext
  if (!(own?.runAsNonRoot ?? ofPod?.runAsNonRoot)) return
  const where = `(pod: "${podText}", container: ${container.name})`
  const uid = own?.runAsUser ?? ofPod?.runAsUser
  if (uid !== undefined) {
    if (uid === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`)
    return
  }
  const user = (image.user ?? '').split(':')[0] ?? ''
  if (user === '' || user === '0')
    throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`)
  if (!/^\d+$/.test(user))
    throw new ConfigError(
      `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${where}`,
    )
}

function imageUser(text: string, files: FileSystem): Identity {
  const [user = '', group] = text.split(':')
  const entry = user === '' ? undefined : passwdEntry(files, user)
  const uid = entry?.uid ?? (/^\d+$/.test(user) ? Number(user) : 0)
  const gid = group === undefined ? (entry?.gid ?? 0) : (groupId(files, group) ?? 0)
  return { uid, gid }
}

/** A line of /etc/passwd, found by name or number. */
function passwdEntry(files: FileSystem, user: string): (Identity & { readonly home: string }) | undefined {
  const fields = linesOf(files, '/etc/passwd').find(([name, , uid]) => name === user || uid === user)
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]), home: fields[5] ?? '/' }
}

/** The home directory that the runtime puts into HOME. */
export function homeOf(files: FileSystem, uid: number): string {
  return passwdEntry(files, String(uid))?.home || '/'
}

function groupId(files: FileSystem, group: string): number | undefined {
  if (/^\d+$/.test(group)) return Number(group)
  const fields = linesOf(files, '/etc/group').find(([name]) => name === group)
  return fields && Number(fields[2])
}

function linesOf(files: FileSystem, path: string): string[][] {
  if (!files.exists(path)) return []
  return files
    .readText(path)
    .split('\n')
    .map((line) => line.split(':'))
}
