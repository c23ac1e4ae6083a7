// Programs on a network: nslookup in its two versions, wget, curl, nginx and agnhost.

import { expect } from 'chai'
import { Container } from './support/container.ts'
import { DNS_SERVER, Wire } from './support/wire.ts'

const zone = {
  'A db.shop.svc.cluster.local': '10.96.7.7',
  'A kube-dns.kube-system.svc.cluster.local': DNS_SERVER,
  'PTR 10.0.96.10.in-addr.arpa': 'kube-dns.kube-system.svc.cluster.local',
  'PTR 7.7.96.10.in-addr.arpa': 'db.shop.svc.cluster.local',
}

const resolvConf = `search shop.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${DNS_SERVER}\noptions ndots:5\n`

function container(): Container {
  const files = { '/etc/resolv.conf': resolvConf, '/etc/hosts': '127.0.0.1\tlocalhost\n10.244.0.7\tweb-0\n' }
  return new Container({ files, network: (timers) => new Wire(timers, zone) })
}

/** What a command writes, and its exit status. */
function run(...argv: string[]): { readonly output: string; readonly code: number } {
  const host = container()
  const code = host.finish(host.start(argv))
  return { output: host.stdout + host.stderr, code }
}

describe('nslookup of busybox 1.28', () => {
  const header = `Server:    ${DNS_SERVER}\nAddress 1: ${DNS_SERVER} kube-dns.kube-system.svc.cluster.local\n\n`

  it('names the server, then the name as typed with its addresses', () => {
    const output = `${header}Name:      db\nAddress 1: 10.96.7.7 db.shop.svc.cluster.local\n`
    expect(run('nslookup', 'db')).to.deep.equal({ output, code: 0 })
  })

  it("can't resolve what there is not", () => {
    expect(run('nslookup', 'nope')).to.deep.equal({
      output: `${header}nslookup: can't resolve 'nope'\n`,
      code: 1,
    })
  })
})

describe('nslookup of busybox 1.29 and later', () => {
  const header = `Server:\t\t${DNS_SERVER}\nAddress:\t${DNS_SERVER}:53\n\n`

  it('asks for A and AAAA of a name with dots as it is', () => {
    const output = `${header}Name:\tdb.shop.svc.cluster.local\nAddress: 10.96.7.7\n\n\n`
    expect(run('nslookupBig', 'db.shop.svc.cluster.local')).to.deep.equal({ output, code: 0 })
  })

  it('tries every search domain of a name without dots, and prints every answer', () => {
    const missing = (name: string) => `** server can't find ${name}: NXDOMAIN\n\n`
    const others = missing('db.svc.cluster.local') + missing('db.cluster.local')
    const output = `${header}Name:\tdb.shop.svc.cluster.local\nAddress: 10.96.7.7\n\n${others}\n${others}`
    expect(run('nslookupBig', 'db')).to.deep.equal({ output, code: 1 })
  })

  it('looks an address up by its PTR record', () => {
    const output = `${header}7.7.96.10.in-addr.arpa\tname = db.shop.svc.cluster.local\n\n`
    expect(run('nslookupBig', '10.96.7.7')).to.deep.equal({ output, code: 0 })
  })

  it('gives up on a server that does not answer after five seconds', () => {
    const host = container()
    const process = host.start(['nslookupBig', 'db', '10.0.0.99'])
    expect(host.finish(process)).to.equal(1)
    expect(host.log).to.deep.equal(['+5s stdout ;; connection timed out; no servers could be reached'])
  })
})

describe('nginx', () => {
  function serving(): Container {
    const host = container()
    host.start(['nginx', '-g', 'daemon off;'])
    host.pass(1)
    return host
  }

  it('serves its files and logs the access', () => {
    const host = serving()
    expect(host.finish(host.start(['wget', '-q', '-O-', 'http://localhost/']))).to.equal(0)
    expect(host.stdout).to.include('<p>hello</p>')
    expect(host.stdout).to.include('"GET / HTTP/1.1" 200 13 "-" "Wget" "-"')
  })

  it('answers 404 for what is not there, with a line in the error log', () => {
    const host = serving()
    expect(host.finish(host.start(['wget', '-O-', 'http://localhost/nope']))).to.equal(1)
    expect(host.stderr).to.include('wget: server returned error: HTTP/1.1 404 Not Found')
    expect(host.stderr).to.include(
      'open() "/usr/share/nginx/html/nope" failed (2: No such file or directory)',
    )
  })

  for (const signal of ['TERM', 'INT', 'QUIT'] as const) {
    it(`ends with status 0 on ${signal}, as PID 1 too`, () => {
      const host = serving()
      host.table.signal(1, signal)
      host.pass(0.1)
      expect(host.table.processes).to.deep.equal([])
    })
  }

  it('without "daemon off" leaves nobody in the foreground', () => {
    const host = container()
    expect(host.finish(host.start(['nginx']))).to.equal(0)
  })
})

describe('wget and curl', () => {
  const failures: readonly [string, number, readonly string[]][] = [
    ["wget: bad address 'nope'\n", 1, ['wget', '-q', '-O-', 'http://nope/']],
    [
      "wget: can't connect to remote host (10.96.7.7): Connection refused\n",
      1,
      ['wget', '-q', '-O-', 'http://db:81/'],
    ],
    ['curl: (6) Could not resolve host: nope\n', 6, ['curl', 'http://nope/']],
    ["curl: (7) Failed to connect to db port 80 after 0 ms: Couldn't connect to server\n", 7, ['curl', 'db']],
  ]
  for (const [output, code, argv] of failures) {
    it(`${argv.join(' ')} fails with ${code}`, () => {
      expect(run(...argv)).to.deep.equal({ output, code })
    })
  }
})

describe('agnhost', () => {
  it('liveness is healthy for ten seconds', () => {
    const host = container()
    host.start(['/agnhost', 'liveness'])
    const codes = [1, 8, 3].map((seconds) => {
      host.pass(seconds)
      host.stdout = ''
      host.finish(
        host.start(['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', 'http://localhost:8080/healthz']),
      )
      return host.stdout
    })
    expect(codes).to.deep.equal(['200', '200', '500'])
  })

  it('netexec echoes, dials and exits as it is asked to', () => {
    const host = container()
    const server = host.start(['/agnhost', 'netexec'])
    host.pass(1)
    host.finish(host.start(['curl', '-s', 'http://localhost:8080/echo?msg=hi']))
    host.finish(
      host.start([
        'curl',
        '-s',
        'http://localhost:8080/dial?host=localhost&port=8080&request=hostname&protocol=http',
      ]),
    )
    expect(host.stdout).to.equal('hi{"responses":["web-0"]}')
    host.finish(host.start(['curl', '-s', 'http://localhost:8080/exit?code=3']))
    host.pass(1)
    expect(server.exit).to.include({ code: 3 })
  })

  it('pause says why it ends', () => {
    const host = container()
    const process = host.start(['/agnhost', 'pause'])
    host.pass(1)
    host.table.signal(1, 'TERM')
    expect(host.finish(process)).to.equal(2)
    expect(host.stdout).to.equal('Paused\nSignals registered\nexiting because of signal "terminated"\n')
  })

  it('refuses what it does not model', () => {
    expect(run('/agnhost', 'nosuch').output).to.match(/^Error: unknown command "nosuch"/)
  })
})
