// Ports of handlers: a number, or the name of a port of the container.

import type { Container } from '../../../pod/json.ts'

/** The number; a text says why there is none (pkg/probe/util.go:ResolveContainerPort). */
export function containerPort(port: string | number, container: Container): number | string {
  if (typeof port === 'number') return inRange(port)
  const named = container.ports?.find(({ name }) => name === port)
  if (named) return inRange(named.containerPort)
  return /^\d+$/.test(port) ? inRange(Number(port)) : `couldn't find port: ${port}`
}

function inRange(port: number): number | string {
  return port > 0 && port < 65_536 ? port : `invalid port number: ${port}`
}
