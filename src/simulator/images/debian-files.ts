// What the images on a slim Debian have in common: its commands, and who is known there.

import { gnuDate } from '../../process/programs/date.ts'
import { programs } from '../../process/programs/programs.ts'
import { applets } from './applets.ts'

/** Commands of busybox that a slim Debian has not. */
const LACKING: readonly string[] = ['ash', 'nslookup', 'wget', 'nc', 'ping', 'ps', 'top']

/** The commands of its folder /bin. */
export const debianCommands = {
  ...Object.fromEntries(Object.entries(applets('big')).filter(([name]) => !LACKING.includes(name))),
  bash: programs.bash,
  date: gnuDate(),
}

/** /etc/passwd, to which an image adds its own. */
export const debianPasswd = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`

/** /etc/group, likewise. */
export const debianGroup = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
www-data:x:33:
nogroup:x:65534:
`
