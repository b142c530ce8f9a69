using System.Runtime.InteropServices;

namespace Trama.Peers.Native;

/// <summary>A process and all that it started, as long as they stay in its group.</summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9; // SIGKILL

    /// <summary>Kills the group that the process leads; nothing happens when there is none.</summary>
    public static void End(int leader) => _ = Signal(-leader, Kill);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
