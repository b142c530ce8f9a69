using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary>The C library's functions about users and groups. A change of user takes effect on all threads.</summary>
internal static unsafe partial class Accounts
{
    /// <summary>Leaves a user or group as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    private const string Name = "libc";

    /// <summary>The user whose rights count, geteuid(2).</summary>
    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>What is known of a user by name, getpwnam(3); null when there is no such user. Valid until the next call.</summary>
    [LibraryImport(Name, EntryPoint = "getpwnam", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Account* AccountByName(string name);

    /// <summary>What is known of a user by number, getpwuid(3); null when there is no such user. Valid until the next call.</summary>
    [LibraryImport(Name, EntryPoint = "getpwuid")]
    public static partial Account* AccountByNumber(uint user);

    /// <summary>Takes on all groups of a user, initgroups(3). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "initgroups", SetLastError = true)]
    public static partial int TakeGroups(byte* user, uint group);

    /// <summary>Gives up all further groups, setgroups(2) with an empty list. 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "setgroups", SetLastError = true)]
    public static partial int SetGroups(nuint count, uint* groups);

    /// <summary>
    /// Changes the real, effective and saved group, setresgid(2); <see cref="Unchanged"/> leaves one as it is. 0 when done.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "setresgid", SetLastError = true)]
    public static partial int SetGroup(uint real, uint effective, uint saved);

    /// <summary>
    /// Changes the real, effective and saved user, setresuid(2); <see cref="Unchanged"/> leaves one as it is. 0 when done.
    /// </summary>
    [LibraryImport(Name, EntryPoint = "setresuid", SetLastError = true)]
    public static partial int SetUser(uint real, uint effective, uint saved);

    /// <summary>struct passwd of Linux, as far as it is used.</summary>
    public struct Account
    {
        /// <summary>The name.</summary>
        public byte* Name;

        /// <summary>Not used.</summary>
        public byte* Password;

        /// <summary>The user's number.</summary>
        public uint User;

        /// <summary>The number of the user's own group.</summary>
        public uint Group;

        /// <summary>Not used.</summary>
        public byte* Comment;

        /// <summary>The home folder.</summary>
        public byte* Home;
    }
}
