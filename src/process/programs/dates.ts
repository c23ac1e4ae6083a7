// Instants as programs print them.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `Sun, 22 Nov 2026 08:31:20 GMT` (RFC 9110). */
export function httpDate(atMs: number): string {
  return new Date(atMs).toUTCString()
}

/** `22/Nov/2026:08:31:20 +0000`. */
export function commonLogTime(atMs: number): string {
  return strftime('%d/%b/%Y:%H:%M:%S +0000', atMs)
}

/** strftime(3) in UTC. `%N` is not known to busybox's C library and stays as it is. */
export function strftime(format: string, atMs: number): string {
  return format.replace(/%([-_0^#]?)([a-zA-Z%+])/g, (whole, flag: string, letter: string) => {
    const text = conversion(letter, new Date(atMs))
    if (text === undefined) return whole
    return flag === '-' ? text.replace(/^0+(?=.)/, '') : flag === '^' ? text.toUpperCase() : text
  })
}

function conversion(letter: string, date: Date): string | undefined {
  const two = (value: number, fill = '0') => String(value).padStart(2, fill)
  const [hour, day] = [date.getUTCHours(), date.getUTCDay()]
  const month = date.getUTCMonth()
  switch (letter) {
    case 'a':
      return days[day]?.slice(0, 3)
    case 'A':
      return days[day]
    case 'b':
    case 'h':
      return months[month]
    case 'B':
      return longMonths[month]
    case 'c':
      return strftime('%a %b %e %H:%M:%S %Y', date.getTime())
    case 'C':
      return two(Math.floor(date.getUTCFullYear() / 100))
    case 'd':
      return two(date.getUTCDate())
    case 'D':
    case 'x':
      return strftime('%m/%d/%y', date.getTime())
    case 'e':
      return two(date.getUTCDate(), ' ')
    case 'F':
      return strftime('%Y-%m-%d', date.getTime())
    case 'H':
      return two(hour)
    case 'I':
      return two(hour % 12 || 12)
    case 'j':
      return String(dayOfYear(date)).padStart(3, '0')
    case 'k':
      return two(hour, ' ')
    case 'l':
      return two(hour % 12 || 12, ' ')
    case 'm':
      return two(month + 1)
    case 'M':
      return two(date.getUTCMinutes())
    case 'n':
      return '\n'
    case 'p':
      return hour < 12 ? 'AM' : 'PM'
    case 'r':
      return strftime('%I:%M:%S %p', date.getTime())
    case 'R':
      return strftime('%H:%M', date.getTime())
    case 's':
      return String(Math.floor(date.getTime() / 1000))
    case 'S':
      return two(date.getUTCSeconds())
    case 't':
      return '\t'
    case 'T':
    case 'X':
      return strftime('%H:%M:%S', date.getTime())
    case 'u':
      return String(day || 7)
    case 'U':
      return two(Math.floor((dayOfYear(date) + 6 - day) / 7))
    case 'w':
      return String(day)
    case 'y':
      return two(date.getUTCFullYear() % 100)
    case 'Y':
      return String(date.getUTCFullYear())
    case 'z':
      return '+0000'
    case 'Z':
      return 'UTC'
    case '%':
      return '%'
    default:
      return undefined
  }
}

function dayOfYear(date: Date): number {
  return Math.floor(
    (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
      Date.UTC(date.getUTCFullYear(), 0, 0)) /
      86_400_000,
  )
}
