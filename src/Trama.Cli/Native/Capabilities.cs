using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary>Single rights of root (capabilities(7)). They belong to a thread: only the one that calls keeps any.</summary>
internal static unsafe partial class Capabilities
{
    // CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE.
    private const int ReadAnything = 2, LookIntoProcesses = 19;

    // PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS.
    private const int KeepOverUserChange = 8, DropFromBound = 24, NoNewRights = 38;
    private const int LastRight = 63;
    private const uint Version3 = 0x20080522;

    /// <summary>
    /// Becomes a user for good, and keeps of root's rights only two: to read folders and links of others, and to look into their
    /// processes.
    /// </summary>
    /// <returns>Whether that was done: nothing more is allowed now.</returns>
    public static bool KeepLooking(uint user, uint group)
    {
        if (!OperatingSystem.IsLinux()) return false;
        for (int right = 0; right <= LastRight; right++) _ = Control(DropFromBound, (nuint)right, 0, 0, 0);
        if (Control(KeepOverUserChange, 1, 0, 0, 0) != 0 || Accounts.SetGroups(0, null) != 0) return false;
        if (Accounts.SetGroup(group, group, group) != 0 || Accounts.SetUser(user, user, user) != 0) return false;
        uint* head = stackalloc uint[2] { Version3, 0 };
        // Effective, permitted and inheritable, of the rights 0 to 31, then of the others.
        const uint kept = 1u << ReadAnything | 1u << LookIntoProcesses;
        uint* sets = stackalloc uint[6] { kept, kept, 0, 0, 0, 0 };
        return Set(head, sets) == 0 && Control(NoNewRights, 1, 0, 0, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int Set(uint* head, uint* sets);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);
}
