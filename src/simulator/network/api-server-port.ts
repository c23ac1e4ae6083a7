// The API server's port as Pods find it behind the Service `kubernetes`: it listens, and speaks nothing but TLS.

import type { Connection } from '../../process/connection.ts'
import type { Network } from '../../process/network.ts'

/** Where the API server listens on the node of the control plane (kube-apiserver flag secure-port, as kubeadm sets it). */
export const API_SERVER_PORT = 6443

/** What Go answers to a client that does not begin with TLS (net/http/server.go: conn.serve). */
const NOT_TLS = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'
const HTTP_METHOD = /^(GET|HEAD|POST|PUT|OPTI)/

/** Lets Pods connect to the API server. TLS inside the cluster is not modelled: its handshake fails. */
export function listenAsApiServer(network: Network): void {
  network.listen({ address: '0.0.0.0', port: API_SERVER_PORT }, refusePlainText)
}

function refusePlainText(connection: Connection): void {
  const { incoming } = connection
  const waiter = { wake: look }
  incoming.readable.add(waiter)
  function look(): void {
    const received = incoming.read(Infinity)
    if (received === undefined) return
    incoming.readable.remove(waiter)
    if (HTTP_METHOD.test(received)) connection.write(NOT_TLS)
    connection.close()
  }
}
