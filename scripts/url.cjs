// Stands for Node's module of this name in packages that still call `url.parse`, for which newer Nodes
// warn on the screen: the same fields, from the parser that took its place.
const url = require('node:url');

module.exports = { ...url, parse: (text) => url.urlToHttpOptions(new URL(text)) };
