using System.Buffers.Text;
using Trama.Processes.Native;

namespace Trama.Processes.Facts;

/// <summary>What this process may see of others.</summary>
internal static class OwnRights
{
    // CAP_SYS_PTRACE, a bit of the effective capabilities (capabilities(7)).
    private const ulong SeesAll = 1 << 19;
    private const int RoomBytes = 4096;

    /// <summary>The only user whose processes' descriptors this process may look at; null when it may look at everybody's.</summary>
    public static uint? OnlyUser
    {
        get
        {
            ReadOnlySpan<byte> status = ProcFile.Read(Environment.ProcessId, "status", stackalloc byte[RoomBytes]);
            ReadOnlySpan<byte> name = "\nCapEff:\t"u8;
            int at = status.IndexOf(name);
            if (at < 0 || !Utf8Parser.TryParse(status[(at + name.Length)..], out ulong capabilities, out _, 'x')) return null;
            return (capabilities & SeesAll) != 0 ? null : ProcessTable.EffectiveUser(status);
        }
    }
}
