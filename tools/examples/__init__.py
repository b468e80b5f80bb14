"""Reading, deploying and running the folders of examples/. Their format is described in examples/README.md."""
