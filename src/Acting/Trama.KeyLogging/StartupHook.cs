using System;

/// <summary>
/// What a .NET program runs before its own first line when <c>DOTNET_STARTUP_HOOKS</c> names this file; the runtime asks for this very
/// name, without a namespace. It switches on that TLS secrets are written to <c>SSLKEYLOGFILE</c>, and does no more.
/// </summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize() => AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);
}
