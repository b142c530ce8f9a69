namespace Trama.Lab.Programs;

/// <summary>A request and its reply, as planned.</summary>
/// <param name="Request">The request's length, in bytes.</param>
/// <param name="Reply">The reply's length, in bytes.</param>
/// <param name="Think">How long the server thinks, in seconds.</param>
/// <param name="Pause">How long the client waits before the request, in seconds.</param>
internal sealed record Exchange(int Request, int Reply, double Think = 0.001, double Pause = 0);
