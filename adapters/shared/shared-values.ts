/** Small values that all processes of one company share. */
export interface SharedValues {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}
