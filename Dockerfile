# The simulator as a container that takes the place of rancher/k3s in test suites: npm run build && docker build -t podproof .

# Any image with a node of at least 20.19 in its PATH.
ARG BASE=node:24-slim
FROM ${BASE}

COPY package.json /podproof/package.json
COPY node_modules /podproof/node_modules
COPY dist /podproof/dist

EXPOSE 6443
ENTRYPOINT ["node", "/podproof/dist/cli/main.js"]
CMD ["server"]
