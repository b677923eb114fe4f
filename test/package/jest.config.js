const separateConfig = require('../environment/separate-config');

module.exports = separateConfig('<rootDir>/test/package/*.package.ts');
