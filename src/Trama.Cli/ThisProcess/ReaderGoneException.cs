namespace Trama.Cli.ThisProcess;

/// <summary>Nobody reads standard output any more, as after <c>| head</c>: the command ends quietly.</summary>
internal sealed class ReaderGoneException : Exception;
