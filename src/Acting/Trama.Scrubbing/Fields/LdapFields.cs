namespace Trama.Scrubbing.Fields;

/// <summary>
/// What proves to a directory who binds, and the passwords that are in it (LDAP: RFC 4511 section 4.2, RFC 3062, RFC 4519 section 2.41).
/// </summary>
internal static class LdapFields
{
    private const byte Sequence = 0x30, Set = 0x31, OctetString = 4, Simple = 0x80, Sasl = 0xa3, Bind = 0x60, Extended = 0x77;
    private const byte OldPassword = 0x81, NewPassword = 0x82, Value = 0x81, Constructed = 0x20;
    private const int MaxDepth = 12, MaxLengthBytes = 4;

    private static readonly byte[][] Secrets =
        ["userpassword"u8.ToArray(), "unicodepwd"u8.ToArray(), "sambantpassword"u8.ToArray(), "sambalmpassword"u8.ToArray()];

    // 1.3.6.1.4.1.4203.1.11.1, as text.
    private static ReadOnlySpan<byte> PasswordModify => "1.3.6.1.4.1.4203.1.11.1"u8;

    /// <summary>Notes the fields of each message.</summary>
    public static void Read(MessageFields message)
    {
        if (message.Bytes is [Sequence, ..]) Walk(message, 0, 0);
    }

    private static void Walk(MessageFields tree, byte above, int depth)
    {
        bool isSecret = false, isModify = false;
        int index = 0;
        for (var values = new FieldCursor(tree.Bytes); values.Left > 1; index++)
        {
            byte tag = (byte)values.Big(1);
            (int from, int length) = values.Take(Length(ref values));
            MessageFields value = tree.Part(from, length);
            if (above == Bind && index == 2 && tag == Simple) tree.Secret(from, length);
            else if (above == Bind && tag == Sasl) ReadSasl(value);
            else if (isModify && tag == Value) ReadModify(value);
            else if (isSecret && tag is Set or OctetString or Sasl) Fill(value, tag);
            else if ((tag & Constructed) != 0 && depth < MaxDepth) Walk(value, tag, depth + 1);
            if (tag == OctetString) isSecret = NamesSecret(value.Bytes);
            isModify |= above == Extended && value.Bytes.SequenceEqual(PasswordModify);
        }
    }

    private static void ReadSasl(MessageFields sasl)
    {
        var values = new FieldCursor(sasl.Bytes);
        for (int index = 0; values.Left > 1; index++)
        {
            values.Take(1);
            (int from, int length) = values.Take(Length(ref values));
            // The mechanism is first. What is a tree of its own (Kerberos, NTLM) is read as such.
            if (index > 0 && sasl.Bytes[from..] is not [Bind or 0xa1 or (byte)'N', ..]) sasl.Sasl(from, length);
        }
    }

    private static void ReadModify(MessageFields request)
    {
        var outer = new FieldCursor(request.Bytes);
        outer.Take(1);
        (int at, int count) = outer.Take(Length(ref outer));
        MessageFields passwords = request.Part(at, count);
        for (var values = new FieldCursor(passwords.Bytes); values.Left > 1;)
        {
            byte tag = (byte)values.Big(1);
            (int from, int length) = values.Take(Length(ref values));
            if (tag is OldPassword or NewPassword) passwords.Secret(from, length);
        }
    }

    // One value, or a set of them.
    private static void Fill(MessageFields value, byte tag)
    {
        if (tag != Set)
        {
            value.Secret(0, value.Bytes.Length);
            return;
        }

        for (var values = new FieldCursor(value.Bytes); values.Left > 1;)
        {
            values.Take(1);
            (int from, int length) = values.Take(Length(ref values));
            value.Secret(from, length);
        }
    }

    private static bool NamesSecret(ReadOnlySpan<byte> name)
    {
        foreach (ReadOnlySpan<byte> secret in (ReadOnlySpan<byte[]>)Secrets)
            if (System.Text.Ascii.EqualsIgnoreCase(name, secret)) return true;
        return false;
    }

    // One byte, or as many as it says (X.690 section 8.1.3).
    private static long Length(ref FieldCursor values)
    {
        long length = values.Big(1);
        if (length < 0x80) return length;
        int count = (int)length & 0x7f;
        return count > MaxLengthBytes ? 0 : (uint)values.Big(count);
    }
}
