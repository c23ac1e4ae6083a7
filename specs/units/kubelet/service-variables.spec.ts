// What a container is told about Services.

import { expect } from 'chai'
import type { Service } from '../../../src/simulator/kinds/service/service.ts'
import { serviceVariables } from '../../../src/simulator/kubelet/config/service-variables.ts'

const service = (
  namespace: string,
  name: string,
  clusterIP: string,
  port: number,
  portName?: string,
): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { clusterIP, ports: [{ port, protocol: 'TCP', ...(portName ? { name: portName } : {}) }] },
})
const services = [
  service('default', 'kubernetes', '10.96.0.1', 443, 'https'),
  service('shop', 'my-db', '10.96.0.7', 5432),
  service('shop', 'headless', 'None', 80),
  service('other', 'far', '10.96.0.8', 80),
]

describe('service variables', () => {
  it('describe a Service of the namespace', () => {
    expect(serviceVariables(services, 'shop', true)).to.include({
      MY_DB_SERVICE_HOST: '10.96.0.7',
      MY_DB_SERVICE_PORT: '5432',
      MY_DB_PORT: 'tcp://10.96.0.7:5432',
      MY_DB_PORT_5432_TCP: 'tcp://10.96.0.7:5432',
      MY_DB_PORT_5432_TCP_PROTO: 'tcp',
      MY_DB_PORT_5432_TCP_PORT: '5432',
      MY_DB_PORT_5432_TCP_ADDR: '10.96.0.7',
    })
  })
  it('always describe the API server, by the name of its port too', () => {
    const variables = serviceVariables(services, 'shop', false)
    expect(variables).to.include({
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
      KUBERNETES_SERVICE_PORT_HTTPS: '443',
    })
    expect(variables).not.to.have.property('MY_DB_SERVICE_HOST')
  })
  it('leave out headless Services and those of other namespaces', () => {
    expect(Object.keys(serviceVariables(services, 'shop', true)).join()).not.to.match(/HEADLESS|FAR/)
  })
})
