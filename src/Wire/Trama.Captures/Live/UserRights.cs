using System.Runtime.InteropServices;
using Trama.Captures.Native;

namespace Trama.Captures.Live;

/// <summary>The rights of this process: root's are given up once the device is open.</summary>
public static unsafe class UserRights
{
    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => Libc.EffectiveUser() == 0;

    /// <summary>Becomes another user for good, with that user's groups. For root only.</summary>
    /// <returns>False when there is no such user.</returns>
    /// <exception cref="CaptureException">The system refuses.</exception>
    public static bool TryBecome(string userName)
    {
        Libc.Account* account = Libc.AccountByName(userName);
        if (account is null) return false;
        Become(account->User, account->Group, account->Name);
        return true;
    }

    /// <summary>Becomes another user for good. For root only.</summary>
    /// <param name="user">The user's number.</param>
    /// <param name="group">The number of the group.</param>
    /// <exception cref="CaptureException">The system refuses.</exception>
    public static void Become(uint user, uint group)
    {
        Libc.Account* account = Libc.AccountByNumber(user);
        Become(user, group, account is null ? null : account->Name);
    }

    /// <summary>Makes another user the owner of a file. For root only; nothing changes when the system refuses.</summary>
    /// <param name="path">The file; a link is not followed.</param>
    /// <param name="user">The user's number.</param>
    /// <param name="group">The number of the group.</param>
    public static void Give(string path, uint user, uint group) => Libc.ChangeOwner(path, user, group);

    // Groups first, the user last: after that nothing of it is allowed any more.
    private static void Become(uint user, uint group, byte* name)
    {
        int groups = name is null ? Libc.SetGroups(0, null) : Libc.TakeGroups(name, group);
        if (groups == 0 && Libc.SetGroup(group) == 0 && Libc.SetUser(user) == 0) return;
        throw new CaptureException(CaptureFailure.Other, $"user {user}", Marshal.GetLastPInvokeErrorMessage());
    }
}
