/** The demo company: what others may use of it. */
export { DEMO_DEFAULTS, DEMO_SOURCE, type DemoOptions, demoConnector } from './demo-connector.ts'
export { exportDemo } from './export-demo.ts'
export { DEMO_START } from './season.ts'
export { seedDemoChats } from './seed-chats.ts'
export { type DemoTruth, demoTruth } from './truth.ts'
