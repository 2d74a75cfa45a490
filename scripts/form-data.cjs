// Stands for the package of this name: the cloud's client would send files with it, and sends none. It
// would bring twenty packages and a table of every media type.
module.exports = class FormData {
  constructor() {
    throw new Error('left out of the bundle');
  }
};
