// What kubectl and Kubernetes call differently in different versions: the same fact in other words is no false claim.

/** One change of wording. Applying it to both texts makes them equal if they differ in nothing else. */
interface Wording {
  /** The version that brought the newer words, for the report. */
  readonly since: string
  readonly pattern: RegExp
  /** The words that both are brought to; '' takes the words away. */
  readonly canonical: string
}

/**
 * Sorted by what they are about. Sources: the changelogs of Kubernetes, and sessions of kubectl 1.27 to 1.36 against
 * one server.
 */
const WORDINGS: readonly Wording[] = [
  // What commands say that they did.
  { since: '1.34', pattern: /^(\S+ "[^"]+" (?:force )?deleted) from \S+ namespace/, canonical: '$1' },
  {
    since: '1.12',
    pattern:
      /^([^\s:]+?)(?:\.[\w.]+)?[ /]"?([\w.-]+)"? (created|configured|unchanged|scaled|exposed|labeled|annotated|patched|edited|replaced)$/,
    canonical: '$1/$2 $3',
  },
  {
    since: '1.21',
    pattern: /^No resources found(?: in \S+ namespace)?\.$/,
    canonical: 'No resources found.',
  },
  {
    since: '1.24',
    pattern: /^[Ww]arning: Immediate deletion does not wait for confirmation.*$/,
    canonical: 'Warning: Immediate deletion',
  },
  // Whether YAML puts instants in quotes.
  { since: '1.17', pattern: /: "(\d{4}-\d\d-\d\dT[\d:.]+Z)"$/, canonical: ': $1' },
  // Which version a node runs.
  { since: '1.36', pattern: /(?<=\s)v1\.\d+\.\d+(?:[-+][\w.+-]+)?(?=\s|$)/, canonical: 'v1' },
  // Errors.
  {
    since: '1.30',
    pattern:
      /^[Ee]rror(?:: error)? from server \(NotFound\): (\S+ "[^"]+" not found)(?: in namespace "[^"]+")?$/,
    canonical: 'Error from server (NotFound): $1',
  },
  {
    since: '1.36',
    pattern:
      /^(?:error:|Error from server \(BadRequest\):) (container \S+ is not valid for pod \S+)(?: out of: .*)?$/,
    canonical: 'error: $1',
  },
  {
    since: '1.36',
    pattern:
      /^(?:error: unable to upgrade connection:|Error from server \(BadRequest\):) (pod \S+ does not have a host assigned)$/,
    canonical: 'error: $1',
  },
  // Events of the scheduler.
  {
    since: '1.10',
    pattern:
      /^(?:No nodes are available that match all of the (?:following )?predicates::?|pod \(\S+\) failed to fit in any node fit failure summary on nodes :) (Insufficient \S+) \(\d+\)\.?$/,
    canonical: 'Unschedulable: $1.',
  },
  {
    since: '1.10',
    pattern: /^0\/\d+ nodes are available: \d+ (Insufficient [\w./-]*\w)\..*$/,
    canonical: 'Unschedulable: $1.',
  },
  {
    since: '1.12',
    pattern: /^Successfully assigned (?:[\w-]+\/)?([\w.-]+) to /,
    canonical: 'Successfully assigned $1 to ',
  },
  // Events of the kubelet.
  { since: '1.14', pattern: /\b[Pp]ulling image "/, canonical: 'Pulling image "' },
  {
    since: '1.27',
    pattern: /\bBack-off restarting failed (?:docker )?container(?: \S+ in pod \S+)?$/,
    canonical: 'Back-off restarting failed container',
  },
  {
    since: '1.6',
    pattern: /\bCreated container with (?:docker )?id \S+(?: Security:\[.*\])?$/,
    canonical: 'Container created',
  },
  { since: '1.6', pattern: /\bStarted container with (?:docker )?id \S+$/, canonical: 'Container started' },
  {
    since: '1.35',
    pattern: /\bspec\.(?:initContainers|containers|ephemeralContainers)\{[^}]*\}: /,
    canonical: '',
  },
  {
    since: '1.35',
    pattern: /\b(?:Created container:? \S+|Container created)$/,
    canonical: 'Container created',
  },
  {
    since: '1.35',
    pattern: /\b(?:Started container \S+|Container started)$/,
    canonical: 'Container started',
  },
  {
    since: '1.35',
    pattern: /( already present on machine)(?: and can be accessed by the pod)?$/,
    canonical: '$1',
  },
  { since: '1.25', pattern: /(Successfully pulled image "[^"]+")(?: in .*)?$/, canonical: '$1' },
  {
    since: '1.35',
    pattern: /node\(s\) had untolerated taint(?:\(s\)| \{[^}]*\})/,
    canonical: 'node(s) had untolerated taints',
  },
  { since: '1.19', pattern: /\bdefault-scheduler(?:, \S+|-\S+)?/, canonical: 'default-scheduler' },
  { since: '1.10', pattern: /\bkubelet, \S+/, canonical: 'kubelet' },
  // What describe shows.
  { since: '1.35', pattern: /^(\s*(?:Host )?Ports?:\s+.*?\d+\/[A-Z]+) \([\w-]+\)/, canonical: '$1' },
  {
    since: '1.33',
    pattern: /^(\s*)(?:ConfigMapOptional|Optional):\s+(?:<nil>|false)$/,
    canonical: '$1Optional: false',
  },
  // Where logs and exec begin.
  {
    since: '1.20',
    pattern: /^Defaulting container name to (\S+?)\.$/,
    canonical: 'Defaulted container "$1" out of: ...',
  },
]

/** Lines that only some versions print at all. */
const ONLY_IN_SOME: readonly RegExp[] = [
  /^All commands and output from this session will be recorded in container logs/,
  // What kubectl says where it is not typed at a terminal, as here.
  /^Unable to use a TTY - input is not a terminal or the right kind of file$/,
  /^If you don't see a command prompt, try pressing enter\.$/,
  /^Use 'kubectl describe pod\/\S+ -n \S+' to see all of the containers in this pod\.$/,
  /^WARNING: version difference between client .* exceeds the supported minor version skew/,
  /^Flag --\S+ has been deprecated/,
]

/** The line in words that all versions share. Where several changes touch a line, all are applied. */
export function sharedWords(line: string): string {
  return WORDINGS.reduce((text, { pattern, canonical }) => text.replace(pattern, canonical), line)
}

/** Whether only some versions print the line: it may be missing, and it may be too many. */
export function isPrintedBySomeVersions(line: string): boolean {
  return ONLY_IN_SOME.some((pattern) => pattern.test(line.trim()))
}

/** Since which version the words of a line are different, as far as a change of wording touches it. */
export function wordingSince(line: string): string | undefined {
  return WORDINGS.find(
    ({ pattern, canonical }) => pattern.test(line) && line.replace(pattern, canonical) !== line,
  )?.since
}
