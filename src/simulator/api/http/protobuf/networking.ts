// Field numbers of the messages of networking/v1.

import type { Messages } from './messages.ts'

export const networking: Messages = {
  HTTPIngressPath: 'path 1 string, backend 2 IngressBackend, pathType 3 string?',
  HTTPIngressRuleValue: 'paths 1 HTTPIngressPath[]',
  Ingress: 'metadata 1 meta/v1.ObjectMeta, spec 2 IngressSpec, status 3 Status',
  IngressBackend: 'resource 3 core/v1.TypedLocalObjectReference?, service 4 IngressServiceBackend?',
  IngressRule: 'host 1 string, ... 2 IngressRuleValue',
  IngressRuleValue: 'http 1 HTTPIngressRuleValue?',
  IngressServiceBackend: 'name 1 string, port 2 ServiceBackendPort',
  IngressSpec: `
    defaultBackend 1 IngressBackend?, tls 2 IngressTLS[], rules 3 IngressRule[], ingressClassName 4 string?`,
  IngressTLS: 'hosts 1 string[], secretName 2 string',
  ServiceBackendPort: 'name 1 string, number 2 int',
}
