namespace Trama.Framing.Mongodb;

/// <summary>What the document of a message says: the command and its collection, or how a command ended.</summary>
internal sealed class MongodbFacts
{
    // Before the first element of an array: its length, a type, and "0".
    private const int BeforeFirst = 7;

    private ShortText _command;
    private ShortText _collection;
    private ShortText _name;
    private ShortText _text;
    private ShortText _composed;
    private bool _hasFirst;
    private bool _mayWait;
    private bool? _isOk;
    private long _code;

    /// <summary>Whether the server may keep the command waiting until there is something to tell.</summary>
    public bool MayWait => _mayWait && (_command.Bytes.SequenceEqual("getMore"u8) || IsHello(_command.Bytes));

    /// <summary>Whether a request names what it is about.</summary>
    public bool HasCollection => !_collection.IsEmpty;

    /// <summary>Whether it failed; absent when the document does not say.</summary>
    public bool? Failed => _isOk is null && _code == 0 ? null : _isOk == false || _code != 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _command.Clear();
        _collection.Clear();
        _name.Clear();
        _text.Clear();
        (_hasFirst, _mayWait, _isOk, _code) = (false, false, null, 0);
    }

    /// <summary>Takes the next element of a request.</summary>
    public void TakeRequest(BsonWalker element)
    {
        ReadOnlySpan<byte> name = element.Name;
        if (!_hasFirst)
        {
            _hasFirst = true;
            _command.Add(name);
            // The code of an eval is no collection.
            if (!name.EndsWith("eval"u8)) _collection.Add(element.Text);
        }
        else if (name.SequenceEqual("collection"u8) && _collection.IsEmpty)
        {
            _collection.Add(element.Text);
        }

        _mayWait |= name.SequenceEqual("maxAwaitTimeMS"u8) || name.SequenceEqual("maxTimeMS"u8);
    }

    /// <summary>Takes the next element of a reply.</summary>
    public void TakeReply(BsonWalker element)
    {
        ReadOnlySpan<byte> name = element.Name;
        if (name.SequenceEqual("ok"u8)) _isOk = _isOk != false && element.Number != 0;
        else if (name.SequenceEqual("writeErrors"u8) || name.SequenceEqual("writeConcernError"u8))
            TakeError(element.Value, element.Type == 4);
        else TakeDetail(name, element.Type, element.Value);
    }

    /// <summary>The command and its collection: <c>find users</c>.</summary>
    public ReadOnlySpan<byte> Operation()
    {
        _composed.Clear();
        _composed.Add(_command.Bytes);
        if (!_collection.IsEmpty) _composed.Add(" "u8);
        _composed.Add(_collection.Bytes);
        return _composed.Bytes;
    }

    /// <summary>How it ended: <c>ok</c>, <c>26 NamespaceNotFound ns not found</c>.</summary>
    public ReadOnlySpan<byte> Status()
    {
        _composed.Clear();
        if (Failed == false) _composed.Add("ok"u8);
        if (Failed != true) return _composed.Bytes;
        if (_code != 0) _composed.Add(_code);
        Append(_name.Bytes);
        Append(_text.Bytes);
        return _composed.IsEmpty ? "failed"u8 : _composed.Bytes;
    }

    private void Append(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty) return;
        if (!_composed.IsEmpty) _composed.Add(" "u8);
        _composed.Add(word);
    }

    // The first of several errors, or the only one.
    private void TakeError(ReadOnlySpan<byte> value, bool isArray)
    {
        if (isArray) value = value[Math.Min(value.Length, BeforeFirst)..];
        var walker = new BsonWalker();
        walker.Begin();
        for (int at = 0; walker.TryTake(value, ref at);) TakeDetail(walker.Name, walker.Type, walker.Value);
        // An error is one, even where its number is not among the bytes that are kept.
        _isOk = false;
    }

    private void TakeDetail(ReadOnlySpan<byte> name, byte type, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("code"u8) && _code == 0) _code = (long)BsonWalker.NumberOf(type, value);
        else if (name.SequenceEqual("codeName"u8) && _name.IsEmpty) _name.Add(BsonWalker.TextOf(type, value));
        else if ((name.SequenceEqual("errmsg"u8) || name.SequenceEqual("$err"u8)) && _text.IsEmpty)
            _text.Add(BsonWalker.TextOf(type, value));
    }

    private static bool IsHello(ReadOnlySpan<byte> command) =>
        command.SequenceEqual("hello"u8) || System.Text.Ascii.EqualsIgnoreCase(command, "ismaster"u8);
}
