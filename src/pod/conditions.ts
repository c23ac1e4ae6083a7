// Looking up the conditions of an object.

/** The fields that the conditions of all kinds have in common. */
export interface AnyCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string | undefined
  readonly message?: string | undefined
}

/** Any object whose status has conditions. */
export interface WithConditions<C extends AnyCondition> {
  readonly status?: { readonly conditions?: readonly C[] | undefined } | undefined
}

/** The condition of that type (case matters), if the object has it. */
export function condition<C extends AnyCondition>(object: WithConditions<C>, type: string): C | undefined {
  return object.status?.conditions?.find((candidate) => candidate.type === type)
}

/** Whether the object has the condition, with status True. */
export function isTrue<C extends AnyCondition>(object: WithConditions<C>, type: string): boolean {
  return condition(object, type)?.status === 'True'
}
