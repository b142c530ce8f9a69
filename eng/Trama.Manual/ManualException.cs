namespace Trama.Manual;

/// <summary>The documents are not as the manual needs them; the message says which, and what of it.</summary>
public sealed class ManualException(string message) : Exception(message);
