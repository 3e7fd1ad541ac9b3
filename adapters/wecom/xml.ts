import { SaxesParser } from 'saxes'
import { AppError } from '../../src/errors.ts'

/** An element with its text (CDATA included) and its child elements in order. */
export interface XmlNode {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlNode[]
}

interface OpenNode {
  readonly name: string
  text: string
  readonly children: OpenNode[]
}

/** The deepest callback is `xml/SelectedItems/SelectedItem/OptionIds/OptionId`. */
const MAX_DEPTH = 8
const MAX_NODES = 1_000

/**
 * Parses a callback body. No DTD and no entities beyond the five of XML; depth and size are bounded.
 * @throws AppError `bad-input` for anything else than one small well-formed document
 */
export function parseXml(source: string): XmlNode {
  const parser = new SaxesParser()
  const open: OpenNode[] = []
  const roots: OpenNode[] = []
  let nodes = 0
  parser.on('error', () => refuse('the XML is not well-formed'))
  parser.on('doctype', () => refuse('the XML carries a DTD'))
  parser.on('opentag', ({ name }) => {
    if (open.length >= MAX_DEPTH || ++nodes > MAX_NODES) refuse('the XML is too deep or too long')
    const node: OpenNode = { name, text: '', children: [] }
    const siblings = open.at(-1)?.children ?? roots
    siblings.push(node)
    open.push(node)
  })
  const addText = (text: string): void => {
    const node = open.at(-1)
    if (node) node.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void open.pop())
  parser.write(source).close()
  return roots[0] ?? refuse('the XML is empty')
}

function refuse(message: string): never {
  throw new AppError('bad-input', message)
}

/** The first child of this name. */
export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((one) => one.name === name)
}

/** The text of the first child of this name; an absent and an empty element are the same. */
export function textOf(node: XmlNode, name: string): string {
  return child(node, name)?.text.trim() ?? ''
}

/** All children of this name: one and many look the same. */
export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter((one) => one.name === name) ?? []
}

/** Any text as the content of an element. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
