// Preloaded before everything else. Written so that any Node.js ever released parses it and prints the message.
var wanted = [20, 19, 0]
var have = process.versions.node.split('.').map(Number)
var place = 0

while (place < 2 && have[place] === wanted[place]) place++
if (have[place] < wanted[place]) {
  console.error(
    ['Dowser needs Node.js 20.19 or newer; this is ', process.versions.node, '. Install a current release and start again.'].join(''),
  )
  process.exit(1)
}
