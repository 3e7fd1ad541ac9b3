export const http = {
  running: '留客正在运行。',
  hint: '运行状态：',
}
