const separateConfig = require('../environment/separate-config');

module.exports = separateConfig('<rootDir>/test/browser/*.browser.ts');
