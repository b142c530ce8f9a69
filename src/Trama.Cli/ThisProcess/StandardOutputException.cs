namespace Trama.Cli.ThisProcess;

/// <summary>Standard output takes nothing more: the disk is full, or there is none.</summary>
internal sealed class StandardOutputException(IOException cause) : IOException(cause.Message, cause.HResult);
