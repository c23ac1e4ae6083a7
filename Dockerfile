# The simulator as a container that takes the place of rancher/k3s in test suites, and podproof for the Pods of podproof distribute:
# npm run build && docker build -t podproof .

# Any image with a node of at least 20.19 in its PATH.
ARG BASE=node:24-slim
FROM ${BASE}

# Beside what it needs, so that specs anywhere in the container find the podproof that runs them.
COPY node_modules /node_modules
COPY package.json /node_modules/podproof/package.json
COPY dist /node_modules/podproof/dist
# Not by a shell: the base may have none.
RUN ["node", "-e", "const fs = require('node:fs'); const file = '/node_modules/podproof/dist/cli/container/crictl.js'; fs.chmodSync(file, 0o755); fs.mkdirSync('/usr/local/bin', { recursive: true }); fs.symlinkSync(file, '/usr/local/bin/crictl')"]

EXPOSE 6443
ENTRYPOINT ["node", "/node_modules/podproof/dist/cli/main.js"]
CMD ["server"]
