namespace Trama.Peers;

/// <summary>
/// Socket operations that complete on the thread that learnt of them, which saves two thread switches a request. The
/// code after an await on a socket must therefore never block, in the whole process: a choice of the program, not of its parts.
/// </summary>
public static class InlineCompletions
{
    private const string Switch = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Turns them on, unless the environment says otherwise. The runtime looks once, at the first asynchronous
    /// operation of the process: call this before.</summary>
    public static void Enable()
    {
        if (Environment.GetEnvironmentVariable(Switch) is null) Environment.SetEnvironmentVariable(Switch, "1");
    }
}
