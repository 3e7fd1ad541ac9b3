/** What a pipe says when its reader has ended (`| head`). */
const GONE = new Set(['EPIPE', 'ERR_STREAM_DESTROYED'])

/**
 * Writes to stdout and waits until the text was taken.
 * @returns false when the reader has gone: nothing more needs to be written, and nothing is wrong
 * @throws what else went wrong, e.g. a full disk
 */
export function writeOut(text: string): Promise<boolean> {
  // The callback tells; without a listener the same fault would end the process with a stack trace.
  if (process.stdout.listenerCount('error') === 0) process.stdout.on('error', () => {})
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true)
      else if (GONE.has(String(Reflect.get(error, 'code')))) resolve(false)
      else reject(error)
    })
  })
}
