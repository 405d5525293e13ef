"""The local web app: `curbcut serve`. Like `cli`, it wires the other rooms together and judges nothing itself."""
