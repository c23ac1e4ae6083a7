// Recognises the prompts that authors leave before what they type, and which terminal each belongs to.

/** A prompt at the beginning of a line. */
export interface Prompt {
  /** Its text, the blank after it included: the command begins behind it. */
  readonly text: string
  /** A host's name, a name in parentheses, or undefined when the prompt names nobody. */
  readonly terminal: string | undefined
  /** Typed into a container: `/ # ` and its kin. */
  readonly isInContainer: boolean
}

interface PromptForm {
  readonly pattern: RegExp
  readonly isInContainer: boolean
}

/** The forms, most telling first; the first group, if any, names the terminal. */
const FORMS: readonly PromptForm[] = [
  { pattern: /^\[[\w.-]+@([\w.-]+)(?: [^\]]*)?\][#$%] ?/, isInContainer: false },
  { pattern: /^\(([\w][\w .-]*)\) ?[$#%>] /, isInContainer: false },
  { pattern: /^[\w.-]+@([\w.-]+):[^#$\n]*[#$] ?(?=\S|$)/, isInContainer: false },
  { pattern: /^PS [A-Z]:\\[^>\n]*> ?/, isInContainer: false },
  { pattern: /^(?:~|\/[\w./-]*) [#$] ?(?=\S|$)/, isInContainer: true },
  { pattern: /^\/# (?=\S)/, isInContainer: true },
  { pattern: /^bash-\d[\d.]*[#$] ?/, isInContainer: true },
  { pattern: /^[$%❯➜] (?=\S)/, isInContainer: false },
  { pattern: /^[$]$/, isInContainer: false },
]

/** The prompt with which a line begins. `# ` alone is none: see `rootPrompt`. */
export function promptOf(line: string): Prompt | undefined {
  for (const { pattern, isInContainer } of FORMS) {
    const match = pattern.exec(line)
    if (match) return { text: match[0], terminal: match[1], isInContainer }
  }
  return undefined
}

/** `# ` as root's prompt: only in a block with no other prompt, before something that can be typed. */
export function rootPrompt(line: string): Prompt | undefined {
  if (!/^# \S/.test(line) || !isTypable(line.slice(2))) return undefined
  return { text: '# ', terminal: undefined, isInContainer: false }
}

/** Programs whose names begin a command on pages about Kubernetes. */
const PROGRAMS =
  /^(?:sudo |time |watch |env )*(?:alias|apk|apt|apt-get|awk|bash|calicoctl|cat|cd|chmod|chown|cilium|cp|crictl|ctr|curl|date|dig|docker|echo|env|eval|exit|export|find|for|git|go|grep|helm|hostname|if|ip|istioctl|jq|k|k3d|k3s|kill|kind|kubeadm|kubectl|kubelet|kustomize|ln|ls|make|minikube|mkdir|mv|nano|nc|nerdctl|npm|nslookup|openssl|ping|pip|podman|printf|ps|pwd|python|python3|rm|sed|seq|sh|sleep|source|ssh|stat|systemctl|tail|tar|tee|test|time|touch|tree|unset|until|vi|vim|watch|wc|wget|while|yum)(?=$|[\s;|&])/

/** Whether a line reads like something that is typed, rather than printed. */
export function isTypable(line: string): boolean {
  return PROGRAMS.test(line.trim()) || isAssignment(line) || /^\.\/\S/.test(line)
}

/** `NAME=value`: typed, or printed by what tells its environment. */
export function isAssignment(line: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*=\S*(?:\s|$)/.test(line)
}
