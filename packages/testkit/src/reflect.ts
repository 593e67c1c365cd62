// @peculiar/x509 resolves its providers through reflect-metadata, which has to be loaded before it.
import 'reflect-metadata';
