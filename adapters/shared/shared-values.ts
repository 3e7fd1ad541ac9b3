/** Small values that all processes of one company share. */
export interface SharedValues {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

/** Shared values that several processes change at the same moment. */
export interface SwappableValues extends SharedValues {
  /** Changes a value that still is `before` (null: absent); false when another process was faster. */
  swap(name: string, before: string | null, after: string): Promise<boolean>
}
