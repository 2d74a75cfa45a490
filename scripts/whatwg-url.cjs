// Stands for the package of this name, which node-fetch asks for a URL where Node has none. It would
// bring a Unicode table of 250 kB, and `punycode`, for which Node warns on the screen.
module.exports = { URL };
