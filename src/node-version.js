// Plain JavaScript that any Node since 12 can read: it must speak before newer syntax is met.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Liuke needs Node 24 (this is ${process.versions.node}). Run "npm ci" without --omit=optional: it brings ` +
      'its own Node 24 for "npm start" and "npx liuke". Or install Node 24 and try again.\n' +
      `留客需要 Node 24（当前 ${process.versions.node}）。请运行不带 --omit=optional 的 npm ci，它会自带 Node 24；或自行安装 Node 24。\n`,
  )
  process.exit(2)
}
