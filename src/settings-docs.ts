import { Document, isMap, isScalar, type YAMLMap } from 'yaml'
import { z } from 'zod'
import { Settings } from './settings.ts'

/** The part of a JSON Schema node that documents settings. */
const SchemaNode = z.looseObject({
  description: z.string().optional(),
  get properties() {
    return z.record(z.string(), SchemaNode).optional()
  },
})
type SchemaNode = z.infer<typeof SchemaNode>

/** The JSON Schema that editors use to complete a configuration file; `config/schema.json` is its copy. */
export function settingsJsonSchema(): unknown {
  return z.toJSONSchema(Settings, { io: 'input' })
}

/** Every setting with its default and its meaning, as `config/default.yaml` shows them. */
export function settingsYaml(): string {
  const document = new Document(Settings.parse({}))
  document.commentBefore =
    ' yaml-language-server: $schema=./schema.json\n Every setting with its default and meaning. Copy what you change into a file of your own and start with\n `npx liuke serve --config FILE`. Secrets come from the environment: see example.env.'
  if (isMap(document.contents)) comment(document.contents, SchemaNode.parse(settingsJsonSchema()))
  return document.toString({ lineWidth: 110 })
}

/** Paths of settings without a meaning; a test keeps this empty. */
export function undocumentedSettings(): string[] {
  return undocumented(SchemaNode.parse(settingsJsonSchema()), '')
}

function comment(map: YAMLMap, schema: SchemaNode): void {
  for (const pair of map.items) {
    if (!isScalar(pair.key)) continue
    const node = schema.properties?.[String(pair.key.value)]
    if (node?.description !== undefined) pair.key.commentBefore = ` ${node.description}`
    if (node !== undefined && isMap(pair.value)) comment(pair.value, node)
  }
}

function undocumented(schema: SchemaNode, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, node]) => {
    const here = path === '' ? name : `${path}.${name}`
    return [...(node.description === undefined ? [here] : []), ...undocumented(node, here)]
  })
}
