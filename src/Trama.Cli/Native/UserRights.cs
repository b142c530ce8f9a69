using System.Runtime.InteropServices;
using Trama.Captures;

namespace Trama.Cli.Native;

/// <summary>The rights of this process: root's are given up once the device is open.</summary>
internal static unsafe class UserRights
{
    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => Accounts.EffectiveUser() == 0;

    /// <summary>Becomes another user for good, with that user's groups. For root only.</summary>
    /// <returns>False when there is no such user.</returns>
    /// <exception cref="CaptureException">The system refuses.</exception>
    public static bool TryBecome(string userName)
    {
        Accounts.Account* account = Accounts.AccountByName(userName);
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
        Accounts.Account* account = Accounts.AccountByNumber(user);
        Become(user, group, account is null ? null : account->Name);
    }

    /// <summary>Makes another user the owner of a file. For root only; nothing changes when the system refuses.</summary>
    /// <param name="path">The file; a link is not followed.</param>
    /// <param name="user">The user's number.</param>
    /// <param name="group">The number of the group.</param>
    public static void Give(string path, uint user, uint group) => Accounts.ChangeOwner(path, user, group);

    // Groups first, the user last: after that nothing of it is allowed any more.
    private static void Become(uint user, uint group, byte* name)
    {
        int groups = name is null ? Accounts.SetGroups(0, null) : Accounts.TakeGroups(name, group);
        if (groups == 0 && Accounts.SetGroup(group) == 0 && Accounts.SetUser(user) == 0) return;
        throw new CaptureException(CaptureFailure.Other, $"user {user}", Marshal.GetLastPInvokeErrorMessage());
    }
}
