using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary>
/// The rights of this process, started as root: those of another user, with root's in reserve until they are given up for good.
/// </summary>
internal static unsafe class UserRights
{
    private const uint Root = 0;

    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Effective == Root;

    /// <summary>The number of the user whose rights count.</summary>
    public static uint Effective => Accounts.EffectiveUser();

    /// <summary>The home folder of the user whose rights count, as the system knows it; null when it knows none.</summary>
    public static string? Home
    {
        get
        {
            Accounts.Account* account = Accounts.AccountByNumber(Effective);
            return account is null ? null : Marshal.PtrToStringUTF8((nint)account->Home);
        }
    }

    /// <summary>The numbers of a user and of that user's own group; null when there is no such user.</summary>
    public static (uint User, uint Group)? Find(string userName)
    {
        Accounts.Account* account = Accounts.AccountByName(userName);
        return account is null ? null : (account->User, account->Group);
    }

    /// <summary>Goes on with the rights of a user and of that user's groups. For root only, which stays in reserve.</summary>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static void Take(uint user, uint group)
    {
        Accounts.Account* account = Accounts.AccountByNumber(user);
        // Groups first, the user last: after that nothing of it is allowed any more.
        Check(account is null ? Accounts.SetGroups(0, null) : Accounts.TakeGroups(account->Name, group));
        Check(Accounts.SetGroup(group, group, Root));
        Check(Accounts.SetUser(user, user, Root));
    }

    /// <summary>Takes root's rights out of the reserve.</summary>
    /// <exception cref="UnauthorizedAccessException">There are none.</exception>
    public static void Raise()
    {
        Check(Accounts.SetUser(Accounts.Unchanged, Root, Accounts.Unchanged));
        Check(Accounts.SetGroup(Accounts.Unchanged, Root, Accounts.Unchanged));
    }

    /// <summary>Puts root's rights back into the reserve.</summary>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static void Lower(uint user, uint group)
    {
        Check(Accounts.SetGroup(Accounts.Unchanged, group, Accounts.Unchanged));
        Check(Accounts.SetUser(Accounts.Unchanged, user, Accounts.Unchanged));
    }

    /// <summary>Gives the reserve up for good.</summary>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public static void GiveUp(uint user, uint group)
    {
        Raise();
        Check(Accounts.SetGroup(group, group, group));
        Check(Accounts.SetUser(user, user, user));
    }

    private static void Check(int result)
    {
        if (result != 0) throw new UnauthorizedAccessException(Marshal.GetLastPInvokeErrorMessage());
    }
}
